"""Names of states, armed groups, offices and bodies -> the actor of record that is meant, and why."""
