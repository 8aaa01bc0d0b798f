using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// Ids like Zoom's: 22 characters. The same number always gives the same id, and every second one holds a character that
/// breaks a client which does not escape ids in paths (fact sheet 1.1).
/// </summary>
internal static class IdGenerator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Awkward = "&-_/+";
    private const int Length = 22;

    public static string Next(string kind, long number)
    {
        byte[] hash;
        using (var sha = SHA256.Create())
        {
            hash = sha.ComputeHash(Encoding.UTF8.GetBytes(kind + ":" + number.ToString(CultureInfo.InvariantCulture)));
        }

        var id = new char[Length];
        for (var i = 0; i < Length; i++)
        {
            id[i] = Alphabet[hash[i] % Alphabet.Length];
        }

        if (number % 2 == 1)
        {
            // Never the first or the last place: nothing says Zoom's ids begin or end so.
            id[1 + (hash[Length] % (Length - 2))] = Awkward[(int)(number / 2 % Awkward.Length)];
        }

        return new string(id);
    }
}
