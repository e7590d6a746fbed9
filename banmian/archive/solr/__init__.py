"""Update files for Solr."""
