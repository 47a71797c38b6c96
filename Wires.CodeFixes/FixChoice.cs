namespace Wires.CodeFixes;

/// <summary>One of the ways out that a fix offers. Its key tells a batch which one was taken.</summary>
public sealed class FixChoice(string key, string title, bool isTried = false)
{
    /// <summary>The equivalence key of the action.</summary>
    public string Key { get; } = key;

    /// <summary>The title in the menu.</summary>
    public string Title { get; } = title;

    /// <summary>Whether the compiler is asked if the edit compiles before it is offered.</summary>
    public bool IsTried { get; } = isTried;
}
