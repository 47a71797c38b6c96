using Xunit;

namespace Wires.Tests.Generators;

public sealed class GoldenTests
{
    private const string Account = """
        namespace MyApp;

        public interface IClock { DateTimeOffset Now { get; } }

        [Wire]
        public partial class Account(IClock clock)
        {
            private decimal _balance;
            private DateTimeOffset _touched;

            /// <summary>What is left after every <see cref="Deposit"/>, see <see cref="StringComparer"/>.</summary>
            public decimal Balance() => _balance;

            [Interleave]
            public void Deposit(decimal amount)
            {
                _touched = clock.Now;
                _balance += amount;
            }

            /// <summary>Moves money.</summary>
            /// <param name="to">Who gets it.</param>
            /// <param name="amount">How much.</param>
            /// <param name="ct">Gives up.</param>
            /// <returns>Whether there was enough.</returns>
            public async WireTask<bool> Transfer(AccountRef to, decimal amount, CancellationToken ct = default)
            {
                if (_balance < amount || _touched == default)
                {
                    return false;
                }

                _balance -= amount;
                await to.Deposit(amount);
                ct.ThrowIfCancellationRequested();
                return true;
            }
        }
        """;

    private const string Console = """
        namespace MyApp;

        [Home(CallTimeout = "00:05:00")]
        public interface IConsole
        {
            ValueTask WriteLineAsync(string line);

            ValueTask<string?> ReadAsync(CancellationToken cancellation = default);

            Task<string[]> HistoryAsync(int[] lines);
        }

        [Wire]
        public partial class Teller(IConsole console)
        {
            public async WireTask<string?> Ask(string question)
            {
                await console.WriteLineAsync(question);
                return await console.ReadAsync();
            }
        }
        """;

    [Fact]
    public void AProxyOfAHomeInterfaceReadsAsAgreed()
    {
        var result = GeneratorHarness.Run(Console).CompilesCleanly();
        Snapshot.Match(result, "Console");
    }

    [Fact]
    public void TheSampleOfTheDesignReadsAsAgreed()
    {
        var result = GeneratorHarness.Run(Account).CompilesCleanly();
        Snapshot.Match(result, "Account");
    }
}
