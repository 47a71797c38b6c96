namespace Wires.Generators.Models;

/// <summary>What the module initializer says about one <c>[Home]</c> interface.</summary>
/// <param name="NameLiteral">Its name between nodes.</param>
/// <param name="InterfaceName">The interface.</param>
/// <param name="ProxyClassName">Its proxy.</param>
internal sealed record HomeRegistrationModel(string NameLiteral, string InterfaceName, string ProxyClassName);
