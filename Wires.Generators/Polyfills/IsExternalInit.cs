using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where records and <c>init</c> target a framework that has neither.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
