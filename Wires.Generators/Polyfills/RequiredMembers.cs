using System.ComponentModel;

#pragma warning disable MA0048 // Two attributes that the compiler asks for together.
namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for where <c>required</c> targets a framework that lacks it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All)]
internal sealed class RequiredMemberAttribute : Attribute;

/// <inheritdoc cref="RequiredMemberAttribute"/>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
internal sealed class CompilerFeatureRequiredAttribute(string featureName) : Attribute
{
    public string FeatureName { get; } = featureName;
}
