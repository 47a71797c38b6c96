using System.ComponentModel;

namespace System.Runtime.CompilerServices;

/// <inheritdoc cref="RequiredMemberAttribute"/>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    public string FeatureName { get; } = featureName;
}
