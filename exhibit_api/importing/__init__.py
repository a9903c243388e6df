"""A collection at once: spreadsheets of exhibits, people, awards and achievements, with the models beside them."""
