using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Wires.Analyzers;

/// <summary>What the code says of one wire class or <c>[Home]</c> interface: the methods that other nodes call, the state that travels and is stored.</summary>
internal sealed class WireContract(INamedTypeSymbol type, WireCompilation wires)
{
    /// <summary>The name of the wire, of which a fix updates the manifest.</summary>
    public const string Wire = nameof(Wire);

    public INamedTypeSymbol Type => type;

    public string Name { get; } = (WireName.Chosen(type, wires) ?? WireName.Full(type)) + (type.Arity == 0 ? "" : "`" + type.Arity.ToString(CultureInfo.InvariantCulture));

    /// <summary>What it is called in messages.</summary>
    public string Title => IsHome ? $"[Home] interface '{Name}'" : $"wire '{Name}'";

    private bool IsHome => type.TypeKind == TypeKind.Interface;

    public IEnumerable<ContractLine> Lines => Methods().Concat(State()).Select(static m => m.Line);

    public ImmutableArray<ContractMember> Methods()
    {
        var methods = ImmutableArray.CreateBuilder<ContractMember>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IMethodSymbol method in Members().OfType<IMethodSymbol>())
        {
            // Whatever hides or overrides a method of a base stands for it.
            if (method is { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: false } && UnsupportedMember.Unfit(method) is null
                && MethodIdentity.Signature(method) is { } signature && seen.Add(signature) && (IsHome ? method.IsAbstract || method.IsVirtual : wires.IsMessage(method)))
            {
                ITypeSymbol? result = Result(method.ReturnType);
                bool isKnown = method.Parameters.All(static p => ContractTypes.IsKnown(p.Type)) && (result is null || ContractTypes.IsKnown(result));
                methods.Add(new ContractMember(
                    method, new ContractLine(Name, signature, result is null ? "void" : ContractTypes.Text(result), MethodIdentity.Hash(signature)), isKnown));
            }
        }

        return methods.ToImmutable();
    }

    public ImmutableArray<ContractMember> State()
    {
        var state = ImmutableArray.CreateBuilder<ContractMember>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ISymbol member in IsHome ? [] : Members())
        {
            if (member is IFieldSymbol or IPropertySymbol && StateField.TypeOf(member, wires) is { } memberType)
            {
                // Two private fields of one name, in a class and its base.
                string name = seen.Add(member.Name) ? member.Name : member.ContainingType.Name + "." + member.Name;
                state.Add(new ContractMember(member, new ContractLine(Name, name, ContractTypes.Text(memberType), identity: null), ContractTypes.IsKnown(memberType)));
            }
        }

        return state.ToImmutable();
    }

    /// <summary>Where to report a member: at the class, if the member is another assembly's.</summary>
    public Location LocationOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource) ?? type.Locations[0];

    private IEnumerable<ISymbol> Members() => IsHome ? type.AllInterfaces.Prepend(type).SelectMany(static level => level.GetMembers()) : MembersOfClass();

    private IEnumerable<ISymbol> MembersOfClass()
    {
        for (INamedTypeSymbol? level = type; level is { SpecialType: not SpecialType.System_Object }; level = level.BaseType)
        {
            foreach (ISymbol member in level.GetMembers())
            {
                yield return member;
            }
        }
    }

    // What crosses the wire is the result, whichever task it comes in.
    private ITypeSymbol? Result(ITypeSymbol returned) =>
        wires.Types.IsWithoutResult(returned) ? null
        : WellKnownTypes.Is(returned, wires.Types.WireTaskOf) || WellKnownTypes.Is(returned, wires.Types.TaskOf) || WellKnownTypes.Is(returned, wires.Types.ValueTaskOf)
            ? ((INamedTypeSymbol)returned).TypeArguments[0]
            : returned;
}
