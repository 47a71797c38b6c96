using Xunit;

namespace Wires.Tests.Runtime;

/// <summary>Tests that measure allocations or threads of the whole process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Quiet
{
    public const string Name = "runs alone";
}
