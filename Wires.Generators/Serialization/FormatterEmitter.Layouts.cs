namespace Wires.Generators.Serialization;

/// <content>The layouts other than the plain object.</content>
internal sealed partial class FormatterEmitter
{
    private const int ReferenceCode = 250;

    private void PrintChecked()
    {
        _code.Line("public override bool ChecksPatterns => true;").Line();
        _code.Line($"public override bool IsValid(scoped ref readonly {Type} value) =>").Indent();
        for (var i = 0; i < _model.Members.Count; i++)
        {
            var member = _model.Members[i];
            _code.Line($"{(i == 0 ? "" : "&& ")}{Serialization}WireFormatters.Get<{member.Type.Name}>().IsValid(in {Get(member)}){(i == _model.Members.Count - 1 ? ";" : "")}");
        }

        _code.Outdent();
    }

    private void WriteTolerant()
    {
        var isCircular = _model.Layout == FormatterLayout.CircularReference;
        if (isCircular)
        {
            _code.Line("if (writer.TryWriteReference(value, out var id))").Open().Line("return;").Close().Line();
        }

        _code.Line("var members = writer.BeginMembers();");
        _code.Line($"global::System.Span<int> ends = stackalloc int[{_model.SlotCount}];");
        for (var slot = 0; slot < _model.SlotCount; slot++)
        {
            if (_model.Members.FirstOrDefault(m => m.Slot == slot) is { } member)
            {
                _code.Line(ValueEmitter.Write(member.Type, "members", Get(member)));
            }

            _code.Line($"ends[{slot}] = members.BytesWritten;");
        }

        _code.Line($"writer.EndMembers(ref members, ends{(isCircular ? ", id" : "")});");
    }

    private void ReadTolerant()
    {
        var isCircular = _model.Layout == FormatterLayout.CircularReference;
        _code.Line($"if (count == {ReferenceCode})").Open();
        if (isCircular)
        {
            _code.Line($"value = reader.GetReference<{Type}>(reader.ReadVarIntUInt32());").Line("return;");
        }
        else
        {
            _code.Line($"{Failure}.ThrowMemberCount<{Type}>({_model.SlotCount}, count, in reader);");
        }

        _code.Close().Line();
        _code.Line("global::System.Span<int> lengths = stackalloc int[count];").Line("reader.ReadMemberLengths(lengths);");
        if (isCircular)
        {
            // The members may refer to the object, so it exists before they are read.
            Callbacks("OnDeserializing", null);
            _code.Line($"var result = {Creation()};");
            _code.Line("reader.AddReference(reader.ReadVarIntUInt32(), result);").Line("reader.Created(result);");
        }
        else if (_model.CreatesFirst)
        {
            CreateFirst();
        }

        Locals();
        for (var slot = 0; slot < _model.SlotCount; slot++)
        {
            var member = _model.Members.FirstOrDefault(m => m.Slot == slot);
            if (member is null)
            {
                _code.Line().Line($"if (count > {slot})").Open().Line($"reader.SkipMember(lengths[{slot}]);").Close();
                continue;
            }

            _code.Line().Line($"if (count > {slot} && lengths[{slot}] != 0)").Open();
            _code.Line("var start = reader.Consumed;");
            _code.Line($"{member.Local} = {ValueEmitter.Read(member.Type, "reader")};");
            _code.Line($"reader.CheckMemberEnd(start, lengths[{slot}]);").Close();
        }

        _code.Line().Line($"for (var i = {_model.SlotCount}; i < count; i++)").Open().Line("reader.SkipMember(lengths[i]);").Close().Line();
        Func<MemberModel, string> isPresent = m => $"count > {m.Slot} && lengths[{m.Slot}] != 0";
        if (_model.CreatesFirst)
        {
            SetMembers(m => m.Local, isPresent);
        }
        else
        {
            Callbacks("OnDeserializing", null);
            Construct(m => m.Local, isPresent);
        }
    }

    private void WriteUnion()
    {
        _code.Line("if (value is null)").Open().Line("writer.WriteNullUnionHeader();").Close();
        foreach (var option in _model.Cases)
        {
            _code.Line($"else if (value.GetType() == typeof({option.Type.Name}))").Open();
            _code.Line($"writer.WriteUnionHeader({option.Tag});");
            _code.Line($"writer.WriteValue<{option.Type.Name}>(({option.Type.Name})value);").Close();
        }

        _code.Line("else").Open().Line($"{Failure}.ThrowRuntimeType<{Type}>(value);").Close();
    }

    private void ReadUnion()
    {
        _code.Line("if (!reader.TryReadUnionHeader(out var tag))").Open();
        _code.Line("value = null;").Line("return;").Close().Line();
        _code.Line("switch (tag)").Open();
        foreach (var option in _model.Cases)
        {
            _code.Line($"case {option.Tag}:").Indent();
            _code.Line($"value = reader.ReadValue<{option.Type.Name}>();").Line("break;").Outdent();
        }

        _code.Line("default:").Indent();
        _code.Line($"{Failure}.ThrowUnknownTag<{Type}>(tag, in reader);").Line("break;").Outdent().Close();
    }

    private void CopyUnion()
    {
        _code.Line("if (value is null)").Open().Line("return null;").Close();
        foreach (var option in _model.Cases)
        {
            _code.Line().Line($"if (value.GetType() == typeof({option.Type.Name}))").Open();
            _code.Line($"return {ValueEmitter.CopyPart(option.Type, $"({option.Type.Name})value")};").Close();
        }

        _code.Line().Line($"{Failure}.ThrowRuntimeType<{Type}>(value);").Line("return null;");
    }

    private const string Bridge = "global::MemoryPack.MemoryPackSerializer";

    private void WriteBridge()
    {
        WriteNullAndForeign("writer.WriteNullObjectHeader();\nreturn;");
        _code.Line($"writer.WriteBytes({Bridge}.Serialize<{Type}>(in value));");
    }

    private void ReadBridge()
    {
        _code.Line($"{NullableType} result = default;");
        _code.Line($"reader.Skip({Bridge}.Deserialize<{Type}>(reader.Peek(), ref result));").Line("value = result;");
    }

    private void CopyBridge()
    {
        WriteNullAndForeign("return null;");
        _code.Line($"return {Bridge}.Deserialize<{Type}>({Bridge}.Serialize<{Type}>(in value));");
    }
}
