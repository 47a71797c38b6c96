using Xunit;

namespace Wires.Tests.Operating;

/// <summary>How wires are written on a command line.</summary>
public sealed class WireIdTextTests
{
    public static TheoryData<WireKey, string> Keys { get; } = new()
    {
        { new WireKey("alice"), "Account/alice" },
        { new WireKey("a/b c"), "Account/a/b c" },
        { new WireKey(42), "Account/42" },
        { new WireKey(-7), "Account/-7" },
        { new WireKey("42"), "Account/\"42\"" },
        { new WireKey("007"), "Account/007" },
        { new WireKey("\"x\""), "Account/\"\"x\"\"" },
        { new WireKey("\""), "Account/\"\"\"" },
        { new WireKey(new Guid("018f3a6e-5c1b-7d2a-9c55-0b6a5e0f7a11")), "Account/018f3a6e-5c1b-7d2a-9c55-0b6a5e0f7a11" },
        { new WireKey("018f3a6e-5c1b-7d2a-9c55-0b6a5e0f7a11"), "Account/\"018f3a6e-5c1b-7d2a-9c55-0b6a5e0f7a11\"" },
    };

    [Theory, MemberData(nameof(Keys))]
    public void AnIdReadsAsItIsWritten(WireKey key, string text)
    {
        var id = new WireId("Account", key);
        Assert.Equal(text, id.ToParsable());
        Assert.Equal(id, WireId.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Account")]
    [InlineData("Account/")]
    [InlineData("/alice")]
    [InlineData("Account/\"\"")]
    public void WhatIsNoIdIsNotRead(string text) => Assert.Throws<FormatException>(() => WireId.Parse(text));
}
