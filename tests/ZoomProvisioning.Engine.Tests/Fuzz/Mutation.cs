using System;
using System.Linq;

namespace ZoomProvisioning.Engine.Tests.Fuzz;

/// <summary>Bytes changed, cut off, doubled or put in.</summary>
internal static class Mutation
{
    /// <summary>Up to three changes of the bytes.</summary>
    public static byte[] OfBytes(Random random, byte[] body)
    {
        for (var n = random.Next(4); n > 0 && body.Length > 0; n--)
        {
            var at = random.Next(body.Length);
            body = random.Next(4) switch
            {
                0 => [.. body.Take(at)],
                1 => [.. body.Take(at), (byte)random.Next(256), .. body.Skip(at)],
                2 => [.. body.Take(at), .. Enumerable.Repeat(body.Skip(at).Take(8), 200).SelectMany(b => b), .. body.Skip(at)],
                _ => [.. body.Take(at), (byte)random.Next(256), .. body.Skip(at + 1)],
            };
        }

        return body;
    }
}
