global using Wires.Migration;
global using Wires.Mailboxes;
global using Wires.Remoting;
