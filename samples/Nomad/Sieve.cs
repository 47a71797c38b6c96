using System.Collections;

namespace Nomad;

/// <summary>What the computation is compared with: the same by other code, which knows of no nodes.</summary>
internal static class Sieve
{
    /// <summary>Counts the primes below a number.</summary>
    public static int CountBelow(int limit)
    {
        // Odd numbers only.
        var isComposite = new BitArray(limit / 2);
        for (long number = 3; number * number < limit; number += 2)
        {
            if (isComposite[(int)(number / 2)])
            {
                continue;
            }

            for (long multiple = number * number; multiple < limit; multiple += 2 * number)
            {
                isComposite[(int)(multiple / 2)] = true;
            }
        }

        int count = limit > 2 ? 1 : 0;
        for (int half = 1; half < isComposite.Length; half++)
        {
            count += isComposite[half] ? 0 : 1;
        }

        return count;
    }
}
