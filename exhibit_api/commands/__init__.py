"""The commands of the command line, by what people come for. Heavy parts are loaded where they are used."""
