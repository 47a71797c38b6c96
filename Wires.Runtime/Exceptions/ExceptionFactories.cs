#pragma warning disable CA2201, MA0015 // Rebuilds what others have thrown, whatever it was.

using System.Collections.Concurrent;

namespace Wires;

/// <summary>How exceptions are built anew for the caller, by class. No reflection: what is not here reaches the caller as a <see cref="WireCallException"/>.</summary>
internal static partial class ExceptionFactories
{
    private static readonly ConcurrentDictionary<Type, Func<Exception, Exception?, Exception>> s_factories = CreateTable();

    public static void Register<TException>(Func<string, Exception?, TException> create)
        where TException : Exception
    {
        s_factories[typeof(TException)] = (e, inner) => create(e.Message, inner);
        s_builders[typeof(TException).FullName!] = (message, _, inner) => create(message, inner);
    }

    /// <summary>Builds an equal exception that shares nothing with <paramref name="exception"/>; null where its class is not known.</summary>
    public static Exception? TryRebuild(Exception exception, Exception? inner) =>
        s_factories.TryGetValue(exception.GetType(), out Func<Exception, Exception?, Exception>? create) ? create(exception, inner) : null;

    private static ConcurrentDictionary<Type, Func<Exception, Exception?, Exception>> CreateTable()
    {
        var table = new ConcurrentDictionary<Type, Func<Exception, Exception?, Exception>>();

        void Add<TException>(Func<TException, Exception?, TException> create)
            where TException : Exception => table[typeof(TException)] = (e, inner) => create((TException)e, inner);

        Add<Exception>(static (e, inner) => new Exception(e.Message, inner));
        Add<ApplicationException>(static (e, inner) => new ApplicationException(e.Message, inner));
        Add<SystemException>(static (e, inner) => new SystemException(e.Message, inner));
        Add<ArgumentException>(static (e, inner) => new ArgumentException(WithoutParameter(e), e.ParamName, inner));
        Add<ArgumentNullException>(static (e, inner) => inner is null ? new ArgumentNullException(e.ParamName, WithoutParameter(e)) : new ArgumentNullException(e.Message, inner));
        Add<ArgumentOutOfRangeException>(static (e, inner) => inner is null
            ? new ArgumentOutOfRangeException(e.ParamName, e.ActualValue is string or ValueType ? e.ActualValue : null, WithoutParameter(e))
            : new ArgumentOutOfRangeException(e.Message, inner));
        Add<ArithmeticException>(static (e, inner) => new ArithmeticException(e.Message, inner));
        Add<DivideByZeroException>(static (e, inner) => new DivideByZeroException(e.Message, inner));
        Add<OverflowException>(static (e, inner) => new OverflowException(e.Message, inner));
        Add<FormatException>(static (e, inner) => new FormatException(e.Message, inner));
        Add<IndexOutOfRangeException>(static (e, inner) => new IndexOutOfRangeException(e.Message, inner));
        Add<InvalidCastException>(static (e, inner) => new InvalidCastException(e.Message, inner));
        Add<InvalidOperationException>(static (e, inner) => new InvalidOperationException(e.Message, inner));
        Add<ObjectDisposedException>(static (e, inner) => inner is null ? new ObjectDisposedException(e.ObjectName) : new ObjectDisposedException(e.Message, inner));
        Add<KeyNotFoundException>(static (e, inner) => new KeyNotFoundException(e.Message, inner));
        Add<NotImplementedException>(static (e, inner) => new NotImplementedException(e.Message, inner));
        Add<NotSupportedException>(static (e, inner) => new NotSupportedException(e.Message, inner));
        Add<NullReferenceException>(static (e, inner) => new NullReferenceException(e.Message, inner));
        Add<TimeoutException>(static (e, inner) => new TimeoutException(e.Message, inner));
        Add<UnauthorizedAccessException>(static (e, inner) => new UnauthorizedAccessException(e.Message, inner));
        Add<System.Security.SecurityException>(static (e, inner) => new System.Security.SecurityException(e.Message, inner));
        Add<IOException>(static (e, inner) => new IOException(e.Message, inner));
        Add<FileNotFoundException>(static (e, inner) => new FileNotFoundException(e.Message, e.FileName, inner));
        Add<DirectoryNotFoundException>(static (e, inner) => new DirectoryNotFoundException(e.Message, inner));
        Add<EndOfStreamException>(static (e, inner) => new EndOfStreamException(e.Message, inner));
        Add<HttpRequestException>(static (e, inner) => new HttpRequestException(e.HttpRequestError, e.Message, inner, e.StatusCode));
        Add<Serialization.WireSerializationException>(static (e, inner) => new Serialization.WireSerializationException(e.Message, inner));
        Add<WireException>(static (e, inner) => new WireException(e.Message, inner));
        Add<WireCallException>(static (e, inner) => new WireCallException(e.Message, e.ExceptionType!, inner));
        Add<WireOverloadedException>(static (e, inner) => new WireOverloadedException(e.Message, inner));
        Add<WireTimeoutException>(static (e, inner) => new WireTimeoutException(e.Message, inner));
        Add<WireActivationException>(static (e, inner) => new WireActivationException(e.Message, inner));
        Add<WireUnreachableException>(static (e, inner) => new WireUnreachableException(e.Message, inner));
        Add<WireNodeStoppedException>(static (e, inner) => new WireNodeStoppedException(e.Message, inner));
        Add<WireMigrationException>(static (e, inner) => new WireMigrationException(e.Message, e.Reason, inner));
        Add<WireUnknownMethodException>(static (e, inner) => new WireUnknownMethodException(e.Message, inner));
        Add<WireUnknownTypeException>(static (e, inner) => new WireUnknownTypeException(e.Message, inner));
        return table;
    }

    // ArgumentException.Message appends " (Parameter 'x')" and more; the constructors would append it again.
    private static string WithoutParameter(ArgumentException e)
    {
        string message = e.Message;
        int end = e.ParamName is { Length: > 0 } name ? message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        return end < 0 ? message : message[..end];
    }
}
