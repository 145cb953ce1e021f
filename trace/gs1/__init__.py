"""How GS1 writes what things are called: keys, application identifiers, element strings, Digital Links; no tables."""
