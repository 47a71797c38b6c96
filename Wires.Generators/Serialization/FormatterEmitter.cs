using Wires.Generators.Emitting;

namespace Wires.Generators.Serialization;

/// <summary>Prints the formatter of a user's type. Only prints: everything was decided when the model was made.</summary>
internal sealed partial class FormatterEmitter
{
    private const string Serialization = "global::Wires.Serialization.";
    private const string Failure = Serialization + "WireSerializationException";

    private readonly SourceWriter _code = new();
    private readonly FormatterModel _model;

    private FormatterEmitter(FormatterModel model) => _model = model;

    private string Type => _model.TypeName;

    private string NullableType => _model.IsValueType ? Type : Type + "?";

    /// <summary>The text of the formatter's file.</summary>
    public static string Emit(FormatterModel model, string space) => new FormatterEmitter(model).Print(space);

    private string Print(string space)
    {
        if (_model.Layout == FormatterLayout.Checked)
        {
            return PrintChecked(space);
        }

        _code.Line(FormatterSetEmitter.Header).Line($"namespace {space};").Line();
        _code.Line($"/// <summary>{Describe()}</summary>");
        _code.Line($"internal sealed class {_model.ClassName} : {Serialization}WireFormatter<{Type}>").Open();
        if (_model.IsShared)
        {
            _code.Line("public override bool IsShared => true;").Line();
        }

        Method($"void Write(ref {Serialization}WireWriter writer, scoped ref readonly {NullableType} value)", Write);
        _code.Line();
        Method($"void Read(ref {Serialization}WireReader reader, scoped ref {NullableType} value)", Read);
        _code.Line();
        if (_model.IsShared)
        {
            _code.Line($"public override {NullableType} Copy({NullableType} value, ref {Serialization}CopyContext context) => value;");
        }
        else
        {
            Method($"{NullableType} Copy({NullableType} value, ref {Serialization}CopyContext context)", Copy);
        }

        Accessors();
        return _code.Close().ToString();
    }

    private string Describe()
    {
        var name = _model.DisplayName.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
        return _model.Layout switch
        {
            FormatterLayout.Checked => $"{name}: as it lies in memory; read only where its fields are valid.",
            FormatterLayout.VersionTolerant => $"{name}: a version-tolerant object of {_model.SlotCount} members.",
            FormatterLayout.CircularReference => $"{name}: a circular object of {_model.SlotCount} members.",
            FormatterLayout.Union => $"{name}: a union of {_model.Cases.Count} cases.",
            FormatterLayout.Bridge => $"{name}: whatever MemoryPack writes.",
            _ => $"{name}: an object of {_model.SlotCount} members.",
        };
    }

    private void Write()
    {
        switch (_model.Layout)
        {
            case FormatterLayout.Union:
                WriteUnion();
                return;
            case FormatterLayout.Bridge:
                WriteBridge();
                return;
        }

        WriteNullAndForeign("writer.WriteNullObjectHeader();\nreturn;");
        Callbacks("OnSerializing", "value");
        if (_model.Layout == FormatterLayout.Object)
        {
            _code.Line($"writer.WriteObjectHeader({_model.SlotCount});");
            _code.Lines(ValueEmitter.WriteAll("writer", [.. _model.Members.Select(m => (m.Type, Get(m)))]));
        }
        else
        {
            WriteTolerant();
        }

        Callbacks("OnSerialized", "value");
    }

    private void Read()
    {
        switch (_model.Layout)
        {
            case FormatterLayout.Union:
                ReadUnion();
                return;
            case FormatterLayout.Bridge:
                ReadBridge();
                return;
        }

        _code.Line("if (!reader.TryReadObjectHeader(out var count))").Open();
        _code.Line("value = default;").Line("return;").Close().Line();
        if (_model.Layout == FormatterLayout.Object)
        {
            ReadObject();
        }
        else
        {
            ReadTolerant();
        }

        Callbacks("OnDeserialized", "result");
        _code.Line("value = result;");
    }

    private void ReadObject()
    {
        Locals();
        var members = _model.Members;
        if (members.Count == 0)
        {
            _code.Line("if (count != 0)").Open();
            _code.Line($"{Failure}.ThrowMemberCount<{Type}>(0, count, in reader);").Close().Line();
        }
        else
        {
            _code.Line($"if (count == {members.Count})").Open();
            _code.Lines(ValueEmitter.ReadAll("reader", [.. members.Select(m => (m.Type, m.Local))]));
            _code.Close().Line("else").Open();
            _code.Line($"if (count > {members.Count})").Open();
            _code.Line($"{Failure}.ThrowMemberCount<{Type}>({members.Count}, count, in reader);").Close();

            // Older writers knew fewer members; the last one here is always missing.
            for (var i = 0; i < members.Count - 1; i++)
            {
                _code.Line().Line($"if (count > {i})").Open();
                _code.Line($"{members[i].Local} = {ValueEmitter.Read(members[i].Type, "reader")};").Close();
            }

            _code.Close().Line();
        }

        Callbacks("OnDeserializing", null);
        Construct(m => m.Local, m => $"count > {m.Slot}");
    }

    private void Copy()
    {
        switch (_model.Layout)
        {
            case FormatterLayout.Union:
                CopyUnion();
                return;
            case FormatterLayout.Bridge:
                CopyBridge();
                return;
        }

        WriteNullAndForeign("return null;");
        if (_model.Layout == FormatterLayout.CircularReference)
        {
            _code.Line("if (context.TryGetCopy(value, out var known))").Open().Line("return known;").Close().Line();
        }

        Callbacks("OnSerializing", "value");
        Callbacks("OnDeserializing", null);
        if (_model.Layout == FormatterLayout.CircularReference)
        {
            _code.Line($"var result = {NewCircular};").Line("context.AddCopy(value, result);");
            SetMembers(m => ValueEmitter.CopyPart(m.Type, Get(m)), null);
        }
        else
        {
            Construct(m => ValueEmitter.CopyPart(m.Type, Get(m)), null);
        }

        Callbacks("OnSerialized", "value");
        Callbacks("OnDeserialized", "result");
        _code.Line("return result;");
    }

    /// <summary>Declares <c>result</c> and gives its members their values.</summary>
    /// <param name="value">The expression for a member.</param>
    /// <param name="isPresent">The condition under which a member that keeps its default was read; null when all are there.</param>
    private void Construct(Func<MemberModel, string> value, Func<MemberModel, string>? isPresent)
    {
        var arguments = string.Join(", ", _model.Members.Where(m => m.Parameter >= 0).OrderBy(m => m.Parameter).Select(value));
        var creation = _model.Construction.Kind switch
        {
            ConstructionKind.Default => $"default({Type})",
            ConstructionKind.Accessor => $"{_model.Construction.Accessor}({arguments})",
            ConstructionKind.Uninitialized => $"({Type})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({Type}))",
            _ => $"new {Type}({arguments})",
        };
        var initialized = _model.Members.Where(m => m.Set == MemberAccess.Initializer).ToList();
        if (initialized.Count == 0)
        {
            _code.Line($"var result = {creation};");
        }
        else
        {
            _code.Line($"var result = {creation}").Open();
            _code.Lines(initialized.Select(m => $"{TypeNames.Escape(m.Name)} = {value(m)},")).Close("};");
        }

        SetMembers(value, isPresent);
    }

    private void SetMembers(Func<MemberModel, string> value, Func<MemberModel, string>? isPresent)
    {
        foreach (var member in _model.Members)
        {
            if (Set(member, value(member)) is not { } statement)
            {
                continue;
            }

            if (member.KeepsDefault && isPresent is not null)
            {
                _code.Line($"if ({isPresent(member)})").Open().Line(statement).Close();
            }
            else
            {
                _code.Line(statement);
            }
        }
    }

    /// <summary>Answers null, and refuses what the declared type would slice.</summary>
    private void WriteNullAndForeign(string whenNull)
    {
        if (_model.IsValueType)
        {
            return;
        }

        _code.Line("if (value is null)").Open().Line(whenNull).Close().Line();
        if (!_model.IsSealed)
        {
            _code.Line($"if (value.GetType() != typeof({Type}))").Open();
            _code.Line($"{Failure}.ThrowRuntimeType<{Type}>(value);").Close().Line();
        }
    }

    private void Locals()
    {
        foreach (var member in _model.Members)
        {
            _code.Line($"{member.Type.NullableName} {member.Local} = default;");
        }
    }

    private void Callbacks(string moment, string? target)
    {
        foreach (var callback in _model.Callbacks)
        {
            // There is no object yet when reading begins, so only static methods can be told.
            if (string.Equals(callback.Moment, moment, StringComparison.Ordinal) && (target is not null || !callback.Call.Contains("{0}")))
            {
                _code.Line(callback.Call.Replace("{0}", target is "value" && _model.IsValueType ? Writable : target));
            }
        }
    }

    private string Get(MemberModel member) => member.Get == MemberAccess.Direct
        ? "value." + TypeNames.Escape(member.Name)
        : $"{member.Getter}({(_model.IsValueType ? "ref " + Writable : "value")})";

    private string? Set(MemberModel member, string value)
    {
        var self = _model.IsValueType ? "ref result" : "result";
        return member.Set switch
        {
            MemberAccess.Direct => $"result.{TypeNames.Escape(member.Name)} = {value};",
            MemberAccess.Field => $"{member.Setter}({self}) = {value};",
            MemberAccess.Method => $"{member.Setter}({self}, {value});",
            _ => null,
        };
    }

    private const string Writable = "global::System.Runtime.CompilerServices.Unsafe.AsRef(in value)";

    private void Method(string signature, Action body)
    {
        _code.Line("public override " + signature).Open();
        body();
        _code.Close();
    }

    private void Accessors()
    {
        foreach (var accessor in _model.Accessors)
        {
            _code.Line();
            if (accessor.Holder is null)
            {
                Accessor(accessor, "private");
            }
            else
            {
                _code.Line($"private static class {accessor.Holder}").Open();
                Accessor(accessor, "public");
                _code.Close();
            }
        }
    }

    private void Accessor(MemberAccessor accessor, string access) => _code
        .Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor({accessor.Attribute})]")
        .Line($"{access} static extern {accessor.Signature};");
}
