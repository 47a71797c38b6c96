using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wires.Tests.Runtime;

/// <summary>Keeps what a node logs.</summary>
internal sealed class LogCollector : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public sealed record Entry(LogLevel Level, int Id, string Name, string Message, Exception? Exception);

    public IReadOnlyList<Entry> Entries => [.. _entries];

    /// <summary>The entries of one event, by the name of its log method.</summary>
    public IReadOnlyList<Entry> Of(string name) => [.. _entries.Where(entry => entry.Name == name)];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue(new Entry(logLevel, eventId.Id, eventId.Name ?? "", formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
