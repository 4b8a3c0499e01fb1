"""What a person would like to be told, as pure functions: facts in, plain sentences out."""
