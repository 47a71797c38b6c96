namespace Wires.Analyzers;

/// <summary>Every id that this assembly reports. A test demands of each one an analyzer, a page, a release line, tests, and the fix it names.</summary>
public static class RuleIds
{
    public const string SharedStatic = "WIRE1001";
    public const string StateLeak = "WIRE1002";
    public const string WireUsedDirectly = "WIRE1003";
    public const string UnsendableMessage = "WIRE1004";
    public const string UseAfterMove = "WIRE1005";
    public const string PublicState = "WIRE1006";
    public const string LockInWire = "WIRE1007";
    public const string ThreadBoundState = "WIRE1008";
    public const string BlockingCall = "WIRE2001";
    public const string GreedyLoop = "WIRE2002";
    public const string AsyncVoid = "WIRE2003";
    public const string EscapesTurn = "WIRE2004";
    public const string LeavesTurn = "WIRE2005";
    public const string DroppedCall = "WIRE2006";
    public const string OppositeChains = "WIRE2007";
    public const string StateCannotTravel = "WIRE3001";
    public const string LocalCannotTravel = "WIRE3002";
    public const string PinningTask = "WIRE3003";
    public const string StateLayout = "WIRE3004";
    public const string HiddenState = "WIRE3005";
    public const string WireClassShape = "WIRE4001";
    public const string UnsupportedMember = "WIRE4002";
    public const string IdentityCollision = "WIRE4003";
    public const string AttributeMisuse = "WIRE4004";
    public const string HomeInterfaceShape = "WIRE4005";
}
