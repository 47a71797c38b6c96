using Wires.Analyzers;
using Xunit;

namespace Wires.Tests.Analyzers;

public sealed class WordSetTests
{
    private static readonly WordSet Words = new(["Cart", "Été"]);

    [Theory]
    [InlineData("Cart")]
    [InlineData("new Cart()")]
    [InlineData("List<Cart>")]
    [InlineData("@Cart")]
    [InlineData("// of a Cart")]
    [InlineData("N.Été x")]
    public void AWordIsFound(string text) => Assert.True(Words.IsIn(text));

    [Theory]
    [InlineData("")]
    [InlineData("CartRef MyCart _Cart Cart1 cart")]
    [InlineData("\"line\\n\" Éte")]
    public void AnotherWordIsNot(string text) => Assert.False(Words.IsIn(text));

    [Theory]
    [InlineData("C\\u0061rt")]
    [InlineData("Ca\u200Drt")]
    public void ATextThatMaySpellAWordOtherwiseIsNotRuledOut(string text) => Assert.True(Words.IsIn(text));
}
