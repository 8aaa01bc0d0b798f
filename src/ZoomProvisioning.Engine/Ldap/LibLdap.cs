#if !NETFRAMEWORK
using System;
using System.DirectoryServices.Protocols;
using System.Reflection;
using System.Runtime.InteropServices;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Ldap;

/// <summary>
/// The settings of libldap that .NET does not hand through: which certificates are trusted, that they are demanded whatever the
/// machine's own configuration says, and how long the library waits. They belong to one connection and not to the process.
/// </summary>
internal static class LibLdap
{
    private const int NetworkTimeout = 0x5005;
    private const int CertificateFile = 0x6002;
    private const int RequireCertificate = 0x6006;
    private const int Demand = 2;
    private const int LowestProtocol = 0x6007;
    private const int Tls12 = 0x0303;
    private const int NewContext = 0x600f;
    private const int SaslSecurity = 0x6106;
    private const int SaslChannelBinding = 0x610e;
    private const int TlsEndPoint = 2;

    // In the order in which System.DirectoryServices.Protocols looks for it.
    private static readonly string[] Names = ["libldap.so.2", "libldap-2.6.so.0", "libldap-2.5.so.0", "libldap-2.4.so.2"];

    private static readonly Lazy<SetOption?> Set = new(() =>
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "ldap_set_option", out var address))
            {
                return Marshal.GetDelegateForFunctionPointer<SetOption>(address);
            }
        }

        return null;
    });

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SetOption(IntPtr connection, int option, IntPtr value);

    /// <summary>Whether the library is there, where one is needed.</summary>
    public static bool IsMissing => OperatingSystem.IsLinux() && Set.Value is null;

    /// <summary>Sets what a connection needs, before anything is said.</summary>
    public static void Prepare(LdapConnection connection, DirectoryServer server, DirectoryOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The handle is the connection's own secret; a newer version of the package that hides it elsewhere fails here, in every test.
        var handle = (SafeHandle)(typeof(LdapConnection).GetField("_ldapHandle", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(connection)
            ?? throw new MissingFieldException(nameof(LdapConnection), "_ldapHandle"));
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            Prepare(handle.DangerousGetHandle(), server, options);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    private static void Prepare(IntPtr handle, DirectoryServer server, DirectoryOptions options)
    {
        WithBytes(
            [.. BitConverter.GetBytes((long)options.Patience.TotalSeconds), .. BitConverter.GetBytes(0L)],
            value => Set.Value!(handle, NetworkTimeout, value));
        if (server.Security == DirectorySecurity.None)
        {
            return;
        }

        Number(handle, RequireCertificate, Demand);
        Number(handle, LowestProtocol, Tls12);
        if (options.Certificate is { } file)
        {
            Text(handle, CertificateFile, file);
        }

        if (Number(handle, NewContext, 0) != 0)
        {
            throw DirectoryErrors.Tls(server, $"the LDAP library cannot use {options.Certificate ?? "the certificates this machine trusts"}", null);
        }

        // A ticket within TLS must not be sealed once more (Active Directory refuses that), and is bound to the very channel.
        Text(handle, SaslSecurity, "maxssf=0");
        Number(handle, SaslChannelBinding, TlsEndPoint);
    }

    private static int Number(IntPtr handle, int option, int number) => WithBytes(BitConverter.GetBytes(number), value => Set.Value!(handle, option, value));

    private static void Text(IntPtr handle, int option, string text)
    {
        var value = Marshal.StringToCoTaskMemUTF8(text);
        try
        {
            Set.Value!(handle, option, value);
        }
        finally
        {
            Marshal.FreeCoTaskMem(value);
        }
    }

    private static int WithBytes(byte[] bytes, Func<IntPtr, int> use)
    {
        var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        try
        {
            return use(pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }
}
#endif
