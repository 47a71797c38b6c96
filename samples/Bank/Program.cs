using System.Diagnostics;
using System.Globalization;
using Bank;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wires;

const int Accounts = 1_000;
const int InFlight = 256;
const long Opening = 100_00;
int transfers = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.Services.AddWires();
using IHost host = builder.Build();
await host.StartAsync();

IWires wires = host.Services.GetRequiredService<IWires>();
AccountRef[] accounts = [.. Enumerable.Range(0, Accounts).Select(i => wires.Get<AccountRef>(i))];
AccountRef closed = wires.Get<AccountRef>(Account.Closed);
foreach (AccountRef account in accounts)
{
    await account.Deposit(Opening);
}

int next = 0, done = 0, poor = 0, refunded = 0;
long start = Stopwatch.GetTimestamp();
await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(Customer)));
TimeSpan time = Stopwatch.GetElapsedTime(start);

long total = 0;
foreach (AccountRef account in accounts)
{
    total += await account.Balance();
}

await host.StopAsync();
bool conserved = total == Accounts * Opening && done + poor + refunded == transfers;
Console.WriteLine($"{transfers:N0} transfers between {Accounts:N0} accounts, {InFlight:N0} at a time: {time.TotalSeconds:N2} s, {transfers / time.TotalSeconds:N0} per second");
Console.WriteLine($"{done:N0} done, {poor:N0} short of money, {refunded:N0} refunded");
Console.WriteLine($"{total / 100m:N2} of {Accounts * Opening / 100m:N2} there: {(conserved ? "money is conserved" : "MONEY IS NOT CONSERVED")}");
return conserved ? 0 : 1;

async Task Customer()
{
    for (int i; (i = Interlocked.Increment(ref next)) <= transfers;)
    {
        // Half of them go to and fro between the same two accounts, each thousandth to one that cannot take it.
        AccountRef from = accounts[i % 4 < 2 ? i % 2 : Random.Shared.Next(Accounts)];
        AccountRef to = i % 1_000 == 0 ? closed : accounts[i % 4 < 2 ? (i + 1) % 2 : Random.Shared.Next(Accounts)];
        try
        {
            Interlocked.Increment(ref await from.Transfer(to, 1 + (i % 500)) ? ref done : ref poor);
        }
        catch (WireActivationException)
        {
            Interlocked.Increment(ref refunded);
        }
    }
}
