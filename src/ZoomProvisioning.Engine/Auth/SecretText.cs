using System;
using System.Runtime.InteropServices;
using System.Security;
using System.Text;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>Opens a SecureString for as short a time as possible.</summary>
internal static class SecretText
{
    /// <summary>Lets an action see the text as UTF-8 bytes, which are wiped afterwards.</summary>
    public static T Use<T>(SecureString secret, Func<byte[], T> action)
    {
        // The Unicode pair: PtrToStringAuto reads a BSTR wrongly outside Windows (PowerShell issue 12114).
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        var characters = new char[secret.Length];
        byte[] bytes = [];
        try
        {
            Marshal.Copy(pointer, characters, 0, characters.Length);
            bytes = Encoding.UTF8.GetBytes(characters);
            return action(bytes);
        }
        finally
        {
            Array.Clear(bytes, 0, bytes.Length);
            Array.Clear(characters, 0, characters.Length);
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>The text as a string, for headers: HTTP offers no other way. It cannot be wiped, only let go.</summary>
    public static string Read(SecureString secret) => Use(secret, Encoding.UTF8.GetString);
}
