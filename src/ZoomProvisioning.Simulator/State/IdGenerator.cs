using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Simulator.State;

/// <summary>
/// Ids like Zoom's: 22 characters. The same number always gives the same id, and every second one holds one of the characters beside
/// letters and digits that documented ids have, or, where that is asked for, one that breaks a client which does not escape ids in
/// paths (fact sheet 1.1, 12.14).
/// </summary>
internal static class IdGenerator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Documented = "-_&";
    private const string Hostile = "/+%&";
    private const int Length = 22;

    public static string Next(string kind, long number, bool isHostile = false)
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
            var awkward = isHostile ? Hostile : Documented;
            id[1 + (hash[Length] % (Length - 2))] = awkward[(int)(number / 2 % awkward.Length)];
        }

        return new string(id);
    }
}
