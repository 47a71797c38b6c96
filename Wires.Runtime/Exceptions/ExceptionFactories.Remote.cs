#pragma warning disable CA2201, MA0015, MA0012 // Rebuilds what others have thrown, whatever it was.

using System.Collections.Concurrent;
using System.Net;

namespace Wires;

// How exceptions are built from what another node says of them: by the name of their class.
internal static partial class ExceptionFactories
{
    private static readonly ConcurrentDictionary<string, Func<string, string?, Exception?, Exception>> s_builders = CreateBuilders();

    /// <summary>The message as the constructor would take it.</summary>
    public static string MessageOf(Exception exception) => exception switch
    {
        ArgumentException e => WithoutParameter(e),
        AggregateException e => Faults.WithoutInner(e),
        _ => exception.Message,
    };

    /// <summary>What a class has beside its message; null for nothing.</summary>
    public static string? DetailOf(Exception exception) => exception switch
    {
        ArgumentException e => e.ParamName,
        ObjectDisposedException e => e.ObjectName,
        FileNotFoundException e => e.FileName,
        HttpRequestException { StatusCode: { } status } => ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture),
        WireMigrationException { Reason: { Text: not null } reason } => ((char)('0' + (int)reason.Kind)) + reason.Text,
        _ => null,
    };

    /// <summary>Builds an exception of a class that is known here; null where it is not.</summary>
    public static Exception? TryBuild(string type, string message, string? detail, List<Exception> inner)
    {
        if (type == typeof(AggregateException).FullName)
        {
            return new AggregateException(message, inner);
        }

        return s_builders.TryGetValue(type, out Func<string, string?, Exception?, Exception>? build) ? build(message, detail, inner.Count > 0 ? inner[0] : null) : null;
    }

    private static ConcurrentDictionary<string, Func<string, string?, Exception?, Exception>> CreateBuilders()
    {
        var table = new ConcurrentDictionary<string, Func<string, string?, Exception?, Exception>>(StringComparer.Ordinal);

        void Add<TException>(Func<string, string?, Exception?, TException> build)
            where TException : Exception => table[typeof(TException).FullName!] = build;

        Add(static (m, _, i) => new Exception(m, i));
        Add(static (m, _, i) => new ApplicationException(m, i));
        Add(static (m, _, i) => new SystemException(m, i));
        Add(static (m, d, i) => new ArgumentException(m, d, i));
        Add(static (m, d, i) => i is null ? new ArgumentNullException(d, m) : new ArgumentNullException(m, i));
        Add(static (m, d, i) => i is null ? new ArgumentOutOfRangeException(d, m) : new ArgumentOutOfRangeException(m, i));
        Add(static (m, _, i) => new ArithmeticException(m, i));
        Add(static (m, _, i) => new DivideByZeroException(m, i));
        Add(static (m, _, i) => new OverflowException(m, i));
        Add(static (m, _, i) => new FormatException(m, i));
        Add(static (m, _, i) => new IndexOutOfRangeException(m, i));
        Add(static (m, _, i) => new InvalidCastException(m, i));
        Add(static (m, _, i) => new InvalidOperationException(m, i));
        Add(static (m, d, i) => i is null && !string.IsNullOrEmpty(d) ? new ObjectDisposedException(d) : new ObjectDisposedException(m, i));
        Add(static (m, _, i) => new KeyNotFoundException(m, i));
        Add(static (m, _, i) => new NotImplementedException(m, i));
        Add(static (m, _, i) => new NotSupportedException(m, i));
        Add(static (m, _, i) => new NullReferenceException(m, i));
        Add(static (m, _, i) => new TimeoutException(m, i));
        Add(static (m, _, i) => new UnauthorizedAccessException(m, i));
        Add(static (m, _, i) => new System.Security.SecurityException(m, i));
        Add(static (m, _, i) => new IOException(m, i));
        Add(static (m, d, i) => new FileNotFoundException(m, d, i));
        Add(static (m, _, i) => new DirectoryNotFoundException(m, i));
        Add(static (m, _, i) => new EndOfStreamException(m, i));
        Add(static (m, d, i) => new HttpRequestException(m, i, int.TryParse(d, System.Globalization.CultureInfo.InvariantCulture, out int status) ? (HttpStatusCode)status : null));
        Add(static (m, _, i) => new OperationCanceledException(m, i));
        Add(static (m, _, i) => new Serialization.WireSerializationException(m, i));
        Add(static (m, _, i) => new WireException(m, i));
        Add(static (m, _, i) => new WireOverloadedException(m, i));
        Add(static (m, _, i) => new WireTimeoutException(m, i));
        Add(static (m, _, i) => new WireActivationException(m, i));
        Add(static (m, _, i) => new WireUnreachableException(m, i));
        Add(static (m, _, i) => new WireNodeStoppedException(m, i));
        Add(static (m, d, i) => new WireMigrationException(m, d is { Length: > 0 } ? new PinReason((PinKind)(d[0] - '0'), d[1..]) : default, i));
        Add(static (m, _, i) => new WireUnknownMethodException(m, i));
        Add(static (m, _, i) => new WireUnknownTypeException(m, i));
        return table;
    }
}
