using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Wires.Analyzers;

/// <summary>WIRE1007: a lock on what only the wire's own turns can reach.</summary>
/// <remarks>Locks on statics, on parameters and on services may guard what others share, so they are none of this rule's business.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockInWire() : WireRule(Rules.LockInWire)
{
    /// <summary>Set when the fix knows how to remove it.</summary>
    public const string CanRemove = nameof(CanRemove);

    private static readonly ImmutableDictionary<string, string?> NotFixable = ImmutableDictionary<string, string?>.Empty;
    private static readonly ImmutableDictionary<string, string?> Fixable = NotFixable.Add(CanRemove, null);

    private protected override void Start(CompilationStartAnalysisContext context, WireCompilation wires)
    {
        context.RegisterSymbolAction(
            c =>
            {
                if (c.Symbol is IFieldSymbol { IsVolatile: true, IsStatic: false } field && wires.IsPartOfWire(field.ContainingType))
                {
                    c.ReportDiagnostic(Diagnostic.Create(Rule, field.Locations[0], Fixable, $"'volatile' of '{field.Name}'"));
                }
            },
            SymbolKind.Field);
        WireCode.OnOperations(context, wires, c => Check(c, wires), OperationKind.Lock, OperationKind.Invocation);
    }

    private void Check(WireOperation context, WireCompilation wires)
    {
        // A lambda may be on its way to another thread, where the lock has work to do (and WIRE2004 has something to say).
        if (Owner.IsInLambda(context.Operation))
        {
            return;
        }

        switch (context.Operation)
        {
            case ILockOperation locked when Owner.IsOwn(locked.LockedValue):
                Report(locked.Syntax.GetFirstToken().GetLocation(), "This lock", isFixable: locked.Body is IBlockOperation);
                break;
            case IInvocationOperation call when Describe(call) is { } what:
                bool mayInterleave = call.TargetMethod.Name == "WaitAsync" && HasInterleaving(context.ContainingSymbol.ContainingType, wires);
                if (!mayInterleave)
                {
                    Report(call.Syntax.GetLocation(), what, isFixable: IsSimpleInterlocked(call));
                }

                break;
        }

        void Report(Location location, string what, bool isFixable) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, isFixable ? Fixable : NotFixable, what));
    }

    private static string? Describe(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        string type = TravelTable.MetadataName(method.ContainingType.OriginalDefinition);
        bool isStaticGuard = type is "System.Threading.Interlocked" or "System.Threading.Volatile"
            || (type == "System.Threading.Monitor" && method.Name is "Enter" or "TryEnter");
        if (isStaticGuard)
        {
            return call.Arguments.Length > 0 && Owner.IsOwn(call.Arguments[0].Value) ? $"'{method.ContainingType.Name}.{method.Name}'" : null;
        }

        bool acquires = type switch
        {
            "System.Threading.SemaphoreSlim" => method.Name is "Wait" or "WaitAsync",
            "System.Threading.WaitHandle" => method.Name is "WaitOne" && call.Instance?.Type?.Name is "Mutex" or "Semaphore",
            "System.Threading.Lock" or "System.Threading.SpinLock" => method.Name is "Enter" or "TryEnter" or "EnterScope",
            "System.Threading.ReaderWriterLockSlim" => method.Name.StartsWith("Enter", StringComparison.Ordinal) || method.Name.StartsWith("TryEnter", StringComparison.Ordinal),
            _ => false,
        };
        return acquires && call.Instance is { } guard && Owner.IsOwn(guard) ? $"'{guard.Type!.Name}.{method.Name}'" : null;
    }

    private static bool IsSimpleInterlocked(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Increment" or "Decrement" or "Add", ContainingType.Name: "Interlocked" };

    // Calls that interleave meet at awaits, and there an asynchronous lock keeps them apart.
    private static bool HasInterleaving(INamedTypeSymbol type, WireCompilation wires)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
        {
            if (level.GetMembers().Any(m => m is IMethodSymbol && WireCompilation.Has(m, wires.Types.Interleave)))
            {
                return true;
            }
        }

        return false;
    }
}
