namespace Wires.Tests.Generated;

public enum Colour : byte
{
    Red,
    Green,
}

/// <summary>Immutable: shared.</summary>
public sealed record Price(decimal Amount, string Currency);

/// <summary>Mutable, with state that nobody else sees: copied.</summary>
public class Basket
{
    private int _looks;

    public string? Owner { get; set; }

    public List<Price> Lines { get; } = [];

    public EverythingRef Keeper { get; set; }

    public int Look() => ++_looks;
}

public readonly record struct Spot(int X, int Y);

public record struct Labelled(string? Text, Spot Spot);
