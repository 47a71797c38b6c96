using System.Runtime.ExceptionServices;
using Wires.Serialization;

namespace Wires.Remoting;

/// <summary>Writes and reads the failures of calls: what <see cref="ExceptionFactories"/> knows arrives as itself, all else as a <see cref="WireCallException"/>.</summary>
internal static class FaultCodec
{
    private const int MaxDepth = 16;

    // A stack that is deeper than this helps nobody.
    private const int MaxStack = 16 * 1024;

    /// <summary>Writes an exception that was made for a caller.</summary>
    public static void Write(ref WireWriter writer, Exception exception) => Write(ref writer, exception, 0);

    /// <summary>Reads an exception.</summary>
    /// <exception cref="WireSerializationException">It is none.</exception>
    public static Exception Read(ref WireReader reader) => Read(ref reader, 0);

    private static void Write(ref WireWriter writer, Exception exception, int depth)
    {
        writer.WriteString(exception is WireCallException { ExceptionType: { } original } ? original : exception.GetType().FullName ?? exception.GetType().Name);
        writer.WriteString(ExceptionFactories.MessageOf(exception));
        writer.WriteString(ExceptionFactories.DetailOf(exception));
        writer.WriteUnmanaged(exception is WireException { IsRefused: true }, exception is WireCallException);
        string? stack = depth == 0 ? exception.StackTrace : null;
        writer.WriteString(stack is { Length: > MaxStack } ? stack[..MaxStack] : stack);
        Exception[] inner = depth >= MaxDepth ? [] : exception switch
        {
            AggregateException aggregate => [.. aggregate.InnerExceptions],
            { InnerException: { } cause } => [cause],
            _ => [],
        };
        writer.WriteCollectionHeader(inner.Length);
        foreach (Exception cause in inner)
        {
            Write(ref writer, cause, depth + 1);
        }
    }

    private static Exception Read(ref WireReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new WireSerializationException($"An exception is nested deeper than {MaxDepth}.");
        }

        string type = reader.ReadString() ?? "";
        string message = reader.ReadString() ?? "";
        string? detail = reader.ReadString();
        reader.ReadUnmanaged(out bool isRefused, out bool isForeign);
        string? stack = reader.ReadString();
        reader.TryReadCollectionHeader(out int count);
        var inner = new List<Exception>();
        for (int i = 0; i < count; i++)
        {
            inner.Add(Read(ref reader, depth + 1));
        }

        Exception exception = ExceptionFactories.TryBuild(isForeign ? "" : type, message, detail, inner)
            ?? new WireCallException(isForeign ? message : $"{type}: {message}", type, inner.Count > 0 ? inner[0] : null);
        if (exception is WireException own)
        {
            own.IsRefused = isRefused;
        }

        if (stack is { Length: > 0 })
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(exception, stack + Environment.NewLine);
        }

        return exception;
    }
}
