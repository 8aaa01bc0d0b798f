#if !NETFRAMEWORK
using System;
#endif
using System.Security.Cryptography;

namespace ZoomProvisioning.Engine.State;

/// <summary>SHA-256 as 64 hexadecimal digits.</summary>
internal static class Hashes
{
    /// <summary>How many digits a hash has.</summary>
    public const int Length = 64;

    /// <summary>The hash of bytes.</summary>
    public static string Of(byte[] bytes, int offset, int count)
    {
#if NETFRAMEWORK
        using var algorithm = SHA256.Create();
        return Text(algorithm.ComputeHash(bytes, offset, count));
#else
        return Text(SHA256.HashData(bytes.AsSpan(offset, count)));
#endif
    }

    /// <summary>A hash in digits.</summary>
    public static string Text(byte[] hash)
    {
        var digits = new char[Length];
        for (var i = 0; i < hash.Length; i++)
        {
            digits[2 * i] = "0123456789abcdef"[hash[i] >> 4];
            digits[(2 * i) + 1] = "0123456789abcdef"[hash[i] & 15];
        }

        return new string(digits);
    }
}
