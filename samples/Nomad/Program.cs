using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Nomad;
using Wires;

// Methods that move between the nodes of a cluster while they run:
//
//   dotnet run -c Release --project samples/Nomad
//   dotnet run -c Release --project samples/Nomad -- 100000000    (primes below this number)

const int Nodes = 4;
const int Drains = 5;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int limit = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 500_000_000;

var logbook = new Logbook();
await using LocalCluster cluster = await LocalCluster.StartAsync(Nodes, options =>
{
    int number = int.Parse(options.Name["node".Length..], CultureInfo.InvariantCulture);
    options.Services.AddSingleton(new WeatherStation(number)).AddSingleton(logbook);

    // Here wires move when they want to, or when their node is drained.
    options.ConfigureWires = static wires => wires.Balancing.Enabled = false;
});
bool isRight = await WalkAsync();
return await CountAsync() && isRight ? 0 : 1;

async Task<bool> WalkAsync()
{
    Console.WriteLine($"One method walks over {Nodes} nodes, twice:");
    WandererRef wanderer = cluster.Nodes[0].Wires.Get<WandererRef>("wanderer");
    List<Visit> visits = await wanderer.Walk([.. cluster.Nodes.Select(static node => node.Name)]);
    Dictionary<string, WeatherStation> stations = cluster.Nodes.ToDictionary(static node => node.Name, static node => node.Services.GetRequiredService<WeatherStation>());
    foreach (Visit visit in visits)
    {
        Console.WriteLine($"  {visit.Node}  {visit.Place,-8} {visit.Degrees,5:F1} °C, {stations[visit.Node].Difference,5:+0.0;-0.0} °C to the mean");
    }

    double mean = stations.Values.Average(static station => station.Readings.Average());
    bool isRight = stations.Values.All(station => station.Difference is { } told && Math.Abs(station.Readings.Average() - mean - told) < 1e-9);
    Console.WriteLine(isRight ? "  each station was told what is right" : "  A STATION WAS TOLD SOMETHING WRONG");
    return isRight;
}

async Task<bool> CountAsync()
{
    Console.WriteLine($"One method counts the primes below {limit:N0}, and its node is drained under it:");

    // From here it is asked, so it stays: the computation is to go to the others.
    LocalNode desk = cluster.Nodes[0];
    await desk.Wires.Operator.BlockAsync(desk.Name);
    Task<int> counting = desk.Wires.Get<PrimeCounterRef>("counter").CountBelow(limit, cluster.Nodes[1].Name).AsTask();
    for (int drain = 1; drain <= Drains; drain++)
    {
        while (!counting.IsCompleted && logbook.Progress < (double)drain / (Drains + 1))
        {
            await Task.Delay(2);
        }

        if (!counting.IsCompleted)
        {
            await DrainAsync(drain, counting);
        }
    }

    int count = await counting;
    IReadOnlyList<Stay> stays = logbook.Stays;
    bool isRight = count == Sieve.CountBelow(limit);
    Console.WriteLine($"  {count:N0} primes, counted on {string.Join(", ", stays.Select(static stay => stay.Node))}");
    Console.WriteLine($"  {stays.Count - 1} moves, {stays.Skip(1).Select(static stay => stay.StoodStill.TotalMilliseconds).DefaultIfEmpty().Max():F2} ms at most; between slices that stayed, {logbook.LongestPause.TotalMilliseconds:F2} ms at most");
    Console.WriteLine(isRight ? "  a sieve in one piece finds as many: the result is right" : "  A SIEVE IN ONE PIECE FINDS ANOTHER NUMBER");
    return isRight;
}

async Task DrainAsync(int drain, Task counting)
{
    Stay from = logbook.Stays[^1];
    await cluster.DrainAsync(cluster.Nodes.Single(node => node.Name == from.Node));
    while (!counting.IsCompleted && logbook.Stays.Count <= drain)
    {
        await Task.Delay(2);
    }

    if (logbook.Stays is { } stays && stays.Count > drain)
    {
        Stay to = stays[drain];
        Console.WriteLine($"  {to.From,4:P0}: {from.Node} is drained and stopped; it goes on at {to.Node} after {to.StoodStill.TotalMilliseconds:F2} ms");
    }

    await cluster.AddAsync();
}
