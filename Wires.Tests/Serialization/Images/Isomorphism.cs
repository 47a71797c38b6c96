using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Xunit;

namespace Wires.Tests.Serialization.Images;

/// <summary>Compares two graphs of objects: the same values, and the same sharing.</summary>
internal sealed class Isomorphism(string note)
{
    private readonly Dictionary<object, object> _there = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, object> _back = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many objects have a counterpart.</summary>
    public int Objects => _there.Count;

    /// <summary>How many references led to an object that another one had led to before.</summary>
    public int Shared { get; private set; }

    public void Check(object? left, object? right, string path)
    {
        if (left is null || right is null)
        {
            Assert.True(left is null && right is null, $"{note}: {path} is null on one side");
            return;
        }

        var type = left.GetType();
        Assert.True(type == right.GetType(), $"{note}: {path} is a {type} before and a {right.GetType()} after");
        if (type.IsPrimitive || type.IsEnum || left is string or decimal or DateTime or Guid or Uri or Version)
        {
            Assert.True(left.Equals(right), $"{note}: {path} is {left} before and {right} after");
            return;
        }

        if (!type.IsValueType)
        {
            var isOld = _there.TryGetValue(left, out var known);
            Assert.True(isOld == _back.ContainsKey(right) && (!isOld || ReferenceEquals(known, right)), $"{note}: {path} is shared otherwise");
            if (isOld)
            {
                Shared++;
                return;
            }

            // There is only one of the empty ones, mostly.
            Assert.True(left is Array { Length: 0 } or IImmutableList<Part?> || !ReferenceEquals(left, right), $"{note}: {path} was not moved");
            _there.Add(left, right);
            _back.Add(right, left);
        }

        CheckParts(left, right, type, path);
    }

    private void CheckParts(object left, object right, Type type, string path)
    {
        switch (left)
        {
            case StringBuilder:
                Assert.Equal(left.ToString(), right.ToString());
                break;
            case IEnumerable items:
                object?[] before = [.. items.Cast<object?>()];
                object?[] after = [.. ((IEnumerable)right).Cast<object?>()];
                Assert.True(before.Length == after.Length, $"{note}: {path} has {before.Length} elements before and {after.Length} after");
                for (var i = 0; i < before.Length; i++)
                {
                    Check(before[i], after[i], $"{path}[{i}]");
                }

                break;
            default:
                for (var level = type; level is not null; level = level.BaseType)
                {
                    foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        Check(field.GetValue(left), field.GetValue(right), $"{path}.{field.Name}");
                    }
                }

                break;
        }
    }
}
