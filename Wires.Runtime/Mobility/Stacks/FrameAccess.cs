using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Wires.Infrastructure;
using Wires.Serialization;

namespace Wires.Mobility.Stacks;

/// <summary>Reads and writes the variables of one kind of suspended method. Found by reflection and compiled once.</summary>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal abstract class FrameAccess
{
    private static readonly ConcurrentDictionary<Type, FrameAccess> s_byStateMachine = new();

    private protected FrameAccess(Type stateMachine)
    {
        StateMachine = stateMachine;
        Name = NameOf(stateMachine);
    }

    /// <summary>The compiler's type.</summary>
    public Type StateMachine { get; }

    /// <summary>The method, for people.</summary>
    public string Name { get; }

    public static FrameAccess Of(WireFrame frame) => Of(frame.StateMachineType ?? throw new WireSerializationException("A frame of the runtime's own cannot travel."));

    /// <exception cref="WireSerializationException">It is no method of ours.</exception>
    public static FrameAccess Of(Type stateMachine) => s_byStateMachine.GetOrAdd(stateMachine, static type =>
    {
        Type? builder = Array.Find(FieldsOf(type), static field => IsBuilder(field.FieldType))?.FieldType;
        if (builder is null)
        {
            throw new WireSerializationException($"{NameOf(type)} returns no WireTask.");
        }

        Type result = builder.IsGenericType ? builder.GetGenericArguments()[0] : typeof(Unit);
        return (FrameAccess)StackFormatters.New(typeof(FrameAccess<,>), type, result);
    });

    /// <summary>All fields of a type, those of its base types first.</summary>
    public static FieldInfo[] FieldsOf(Type type)
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        FieldInfo[] inherited = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? FieldsOf(parent) : [];
        return [.. inherited, .. type.GetFields(Own).OrderBy(static field => field.MetadataToken)];
    }

    public static bool IsBuilder(Type type) => type == typeof(WireTaskMethodBuilder) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(WireTaskMethodBuilder<>));

    /// <summary>A variable, for people.</summary>
    public static string Describe(FieldInfo field)
    {
        string name = field.Name;
        int end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith("<>", StringComparison.Ordinal) ? $"A value that the compiler keeps ({field.FieldType.Name})"
            : name.StartsWith('<') && end > 1 ? $"Local '{name[1..end]}'"
            : $"Variable '{name}'";
    }

    /// <summary>An empty frame.</summary>
    public abstract WireFrame Create();

    public abstract void Write(WireFrame frame, ref WireWriter writer);

    public abstract void Read(WireFrame frame, ref WireReader reader);

    /// <summary>Whether a frame may move: what it awaits is ours, or can be left behind.</summary>
    public static bool MayMove(WireFrame frame) => frame is RaceFrame race ? race.MayTravel : frame is { IsYielding: true } or { Awaited: not null } or { StateMachineType: null } || (Of(frame).AwaiterOf(frame) is { } awaiter && ForeignTasks.MayStayBehind(awaiter));

    /// <summary>What a frame awaits by.</summary>
    protected abstract object? AwaiterOf(WireFrame frame);

    // <Walk>d__3 of class Nomad is Nomad.Walk; <<Walk>g__Step|3_0>d is Nomad.Walk.Step.
    public static string NameOf(Type type)
    {
        string name = type.Name;
        Type? declaring = type.DeclaringType;
        while (declaring is not null && declaring.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        {
            declaring = declaring.DeclaringType;
        }

        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        string inner = local >= 0 ? name[(local + 4)..name.IndexOf('|', local)] : "";
        string outer = name.Trim('<');
        int end = outer.IndexOf('>', StringComparison.Ordinal);
        outer = end >= 0 ? outer[..end] : outer;
        return $"{declaring?.Name}.{outer}{(inner.Length > 0 ? "." + inner : name.StartsWith("<<", StringComparison.Ordinal) ? " (lambda)" : "")}";
    }
}

/// <inheritdoc/>
/// <typeparam name="TStateMachine">The compiler's type: a structure, or a class in a build for debugging.</typeparam>
/// <typeparam name="TResult">What the method returns.</typeparam>
[RequiresDynamicCode(StackImage.Reflection)]
[RequiresUnreferencedCode(StackImage.Reflection)]
internal sealed class FrameAccess<TStateMachine, TResult> : FrameAccess
    where TStateMachine : IAsyncStateMachine
{
    private readonly FieldAccess<TStateMachine>[] _variables;
    private readonly FieldAccess<TStateMachine> _builder;
    private readonly FieldAccess<TStateMachine>? _state;
    private readonly FieldAccess<TStateMachine>.Place _place;

    public FrameAccess()
        : base(typeof(TStateMachine))
    {
        FieldInfo[] fields = FieldsOf(typeof(TStateMachine));
        _builder = FieldAccess<TStateMachine>.Create(Array.Find(fields, static field => IsBuilder(field.FieldType))!);
        _variables = [.. fields.Where(static field => !IsBuilder(field.FieldType)).Select(FieldAccess<TStateMachine>.Create)];
        _state = Array.Find(_variables, static field => field is FieldAccess<TStateMachine, int> && field.Field.Name.Contains("__state", StringComparison.Ordinal));
        _place = (ref machine) => $"{Name}, suspended at its await number {AwaitOf(ref machine)},";
    }

    public override WireFrame Create()
    {
        var frame = new WireFrame<TStateMachine, TResult>();
        if (!typeof(TStateMachine).IsValueType)
        {
            frame.StateMachine = (TStateMachine)RuntimeHelpers.GetUninitializedObject(typeof(TStateMachine));
        }

        // The compiler's code finds the frame in its builder.
        switch (_builder)
        {
            case FieldAccess<TStateMachine, WireTaskMethodBuilder<TResult>> builder:
                builder.Of(ref frame.StateMachine).Resume(frame);
                break;
            case FieldAccess<TStateMachine, WireTaskMethodBuilder> builder:
                builder.Of(ref frame.StateMachine).Resume((WireFrame<Unit>)(object)frame);
                break;
        }

        return frame;
    }

    public override void Write(WireFrame frame, ref WireWriter writer) =>
        FieldAccess<TStateMachine>.WriteAll(_variables, ref ((WireFrame<TStateMachine, TResult>)frame).StateMachine, ref writer, _place);

    public override void Read(WireFrame frame, ref WireReader reader) =>
        FieldAccess<TStateMachine>.ReadAll(_variables, ref ((WireFrame<TStateMachine, TResult>)frame).StateMachine, ref reader);

    protected override object? AwaiterOf(WireFrame frame)
    {
        ref TStateMachine machine = ref ((WireFrame<TStateMachine, TResult>)frame).StateMachine;
        foreach (FieldAccess<TStateMachine> variable in _variables)
        {
            if (variable.Field.Name.Contains("__u", StringComparison.Ordinal) && variable.HasValue(ref machine))
            {
                return variable.Box(ref machine);
            }
        }

        return null;
    }

    private string AwaitOf(ref TStateMachine machine) => _state is FieldAccess<TStateMachine, int> state ? (state.Of(ref machine) + 1).ToString(CultureInfo.InvariantCulture) : "?";
}
