using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>The table of descriptors. Titles and messages say what is wrong and what to do; the page that the help link names says why.</summary>
internal static class Rules
{
    public const string PagesFolder = "docs/rules/";

    public static readonly DiagnosticDescriptor SharedStatic = new(
        RuleIds.SharedStatic, "Wire code shares a mutable static", "'{0}' is static and can change, so wires share memory through it; keep it in a field of the wire, or make it readonly and immutable",
        Categories.Isolation, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.SharedStatic));

    public static readonly DiagnosticDescriptor SharedStaticThroughHelpers = new(
        RuleIds.SharedStatic, "Wire code shares a mutable static", "'{0}' is static and can change, and this call reaches it: {1}; keep it in a field of the wire, or make it readonly and immutable",
        Categories.Isolation, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.SharedStatic), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor StateLeak = new(
        RuleIds.StateLeak, "State of a wire leaks out of it", "{0} leaks out of the wire: {1}, and whoever has it can use it outside the wire's turns; hand out a copy, or the ref",
        Categories.Isolation, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.StateLeak));

    public static readonly DiagnosticDescriptor WireUsedDirectly = new(
        RuleIds.WireUsedDirectly, "A wire class is used instead of its ref", "'{0}' is a wire class: an object of it is no wire and has no turns; use '{1}'",
        Categories.Isolation, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.WireUsedDirectly));

    public static readonly DiagnosticDescriptor UnsendableMessage = new(
        RuleIds.UnsendableMessage, "A message has a type that can be neither shared nor copied", "{0} of '{1}' cannot be sent: {2}",
        Categories.Isolation, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.UnsendableMessage));

    public static readonly DiagnosticDescriptor UseAfterMove = new(
        RuleIds.UseAfterMove, "A value is used after it was moved", "'{0}' was handed over by [Move] to '{1}', which may change it meanwhile; use it before the call, or pass a copy",
        Categories.Isolation, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.UseAfterMove));

    public static readonly DiagnosticDescriptor PublicState = new(
        RuleIds.PublicState, "A public field or property of a wire is not on its ref", "'{0}' is public, but callers hold a ref, which has methods only; make it private, or add a method",
        Categories.Isolation, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.PublicState));

    public static readonly DiagnosticDescriptor BlockingCall = new(
        RuleIds.BlockingCall, "Wire code blocks its thread", "'{0}' blocks the thread of this turn{1}",
        Categories.Blocking, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.BlockingCall));

    public static readonly DiagnosticDescriptor BlockingCallThroughHelpers = new(
        RuleIds.BlockingCall, "Wire code blocks its thread", "This call blocks the thread of its turn in '{0}': {1}; make the helpers async, or call them in Task.Run",
        Categories.Blocking, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.BlockingCall), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor LockInWire = new(
        RuleIds.LockInWire, "A lock guards what a turn already owns", "{0} guards state that only this wire's turns can reach, one at a time; remove it",
        Categories.Isolation, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.LockInWire));

    public static readonly DiagnosticDescriptor ThreadBoundState = new(
        RuleIds.ThreadBoundState, "State is bound to a thread or an execution context", "{0} belongs to a thread or to a flow of calls, and the turns of a wire run on any thread and in no caller's context; use a field or a parameter",
        Categories.Isolation, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.ThreadBoundState));

    public static readonly DiagnosticDescriptor GreedyLoop = new(
        RuleIds.GreedyLoop, "A loop never lets other wires run", "This loop {0} without an await, so nothing else runs on its thread meanwhile; await Wire.Yield() in it",
        Categories.Blocking, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.GreedyLoop));

    public static readonly DiagnosticDescriptor EscapesTurn = new(
        RuleIds.EscapesTurn, "Code on another thread touches a wire's state", "{0} runs outside the turns of the wire and touches '{1}', so both may run at once; await a wire call or use [Every] instead",
        Categories.Blocking, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.EscapesTurn));

    public static readonly DiagnosticDescriptor LeavesTurn = new(
        RuleIds.LeavesTurn, "ConfigureAwait(false) leaves the turn", "After ConfigureAwait(false) the rest of '{0}' runs outside the turn of the wire; remove it, or return WireTask",
        Categories.Blocking, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.LeavesTurn));

    public static readonly DiagnosticDescriptor AsyncVoid = new(
        RuleIds.AsyncVoid, "An async void method cannot be awaited", "{0} is async void: the wire cannot wait for it, and its failure ends the process; return WireTask",
        Categories.Blocking, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.AsyncVoid));

    public static readonly DiagnosticDescriptor DroppedCall = new(
        RuleIds.DroppedCall, "The result of a call to a wire is dropped", "The call of '{0}' is neither awaited nor discarded, so its failure is lost; await it, write '_ =', or make the method [OneWay]",
        Categories.Blocking, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.DroppedCall));

    public static readonly DiagnosticDescriptor OppositeChains = new(
        RuleIds.OppositeChains, "Two wires that await each other can deadlock", "{0}, and each waits for the other when the two meet; [Interleave] on '{1}' lets it in",
        Categories.Blocking, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.OppositeChains), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor StateCannotTravel = new(
        RuleIds.StateCannotTravel, "A state field cannot travel", "'{0}' cannot travel with the wire: {1}",
        Categories.Mobility, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.StateCannotTravel));

    public static readonly DiagnosticDescriptor LocalCannotTravel = new(
        RuleIds.LocalCannotTravel, "A local that is needed after an await cannot travel", "'{0}' is needed after '{1}', so the wire cannot move while it waits there: {2}",
        Categories.Mobility, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.LocalCannotTravel));

    public static readonly DiagnosticDescriptor PinningTask = new(
        RuleIds.PinningTask, "An async method pins its wire", "While '{0}' runs, the wire cannot move, because the stack of a '{1}' method cannot travel; return '{2}'",
        Categories.Mobility, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.PinningTask));

    public static readonly DiagnosticDescriptor StateLayout = new(
        RuleIds.StateLayout, "A wire's state layout changed incompatibly", "{0}",
        Categories.Mobility, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.StateLayout));

    public static readonly DiagnosticDescriptor HiddenState = new(
        RuleIds.HiddenState, "State is hidden from the compiler", "{0}",
        Categories.Mobility, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.HiddenState));

    public static readonly DiagnosticDescriptor WireClassShape = new(
        RuleIds.WireClassShape, "A wire class must be a partial class", "Wire class '{0}' {1}",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.WireClassShape));

    public static readonly DiagnosticDescriptor UnsupportedMember = new(
        RuleIds.UnsupportedMember, "A public member cannot become a message", "'{0}' cannot become a message: {1}",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.UnsupportedMember));

    public static readonly DiagnosticDescriptor IdentityCollision = new(
        RuleIds.IdentityCollision, "Two messages or two wire types have one identity", "{0} has the identity of {1} on the wire: {2}",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.IdentityCollision));

    public static readonly DiagnosticDescriptor PublishedMethodBroken = new(
        RuleIds.IdentityCollision, "A published method changed incompatibly", "{0}; add a method beside it, or update WireContracts.txt if no older build can call",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.IdentityCollision));

    public static readonly DiagnosticDescriptor AttributeMisuse = new(
        RuleIds.AttributeMisuse, "An attribute of Wires has no meaning here", "[{0}] {1}",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.AttributeMisuse));

    public static readonly DiagnosticDescriptor HomeInterfaceShape = new(
        RuleIds.HomeInterfaceShape, "A [Home] interface cannot be served at a wire's home", "'{0}' cannot be served at a wire's home: {1}",
        Categories.Contract, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Page(RuleIds.HomeInterfaceShape));

    private static string Page(string id) => PagesFolder + id + ".md";
}
