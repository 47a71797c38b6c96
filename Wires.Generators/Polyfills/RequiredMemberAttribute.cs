using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where <c>required</c> targets a framework that lacks it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All)]
internal sealed class RequiredMemberAttribute : Attribute;
