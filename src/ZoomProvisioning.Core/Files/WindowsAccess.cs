using System;
using System.IO;
using System.Runtime.InteropServices;

namespace ZoomProvisioning.Files;

/// <summary>Access lists of Windows for folders that are not in the user's profile, which others may read by default.</summary>
internal static class WindowsAccess
{
    // Protected from what is inherited: the owner, the system and the administrators, for all that comes to be in it.
    private const string OwnerOnly = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
    private const int AccessList = 4;
    private const uint Revision = 1;

    /// <summary>Restricts a folder that was just made, where the profile does not.</summary>
    /// <exception cref="IOException">It cannot be restricted.</exception>
    public static void RestrictOutsideProfile(string folder)
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (profile.Length > 0 && (Path.GetFullPath(folder) + "\\").StartsWith(profile.TrimEnd('\\') + "\\", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (!ConvertStringSecurityDescriptorToSecurityDescriptor(OwnerOnly, Revision, out var descriptor, IntPtr.Zero))
        {
            throw Failed(folder);
        }

        try
        {
            if (!SetFileSecurity(folder, AccessList, descriptor))
            {
                throw Failed(folder);
            }
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    private static IOException Failed(string folder) => new($"The folder '{folder}' cannot be closed to others (error {Marshal.GetLastWin32Error()}).");

    [DllImport("advapi32.dll", EntryPoint = "ConvertStringSecurityDescriptorToSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ConvertStringSecurityDescriptorToSecurityDescriptor(string text, uint revision, out IntPtr descriptor, IntPtr size);

    [DllImport("advapi32.dll", EntryPoint = "SetFileSecurityW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetFileSecurity(string path, int what, IntPtr descriptor);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LocalFree(IntPtr memory);
}
