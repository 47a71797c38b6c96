using System.ComponentModel;

namespace System.Diagnostics.CodeAnalysis;

/// <inheritdoc cref="System.Runtime.CompilerServices.RequiredMemberAttribute"/>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Constructor)]
internal sealed class SetsRequiredMembersAttribute : Attribute;
