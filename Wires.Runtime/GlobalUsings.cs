global using Wires.Mailboxes;
