global using Wires.Mailboxes;
global using Wires.Remoting;
