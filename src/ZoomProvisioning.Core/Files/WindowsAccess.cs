using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace ZoomProvisioning.Files;

/// <summary>Access lists of Windows for folders that are not in the user's profile, which others may read by default.</summary>
internal static class WindowsAccess
{
    // Protected from what is inherited: the owner, the system and the administrators, for all that comes to be in it.
    private const string OwnerOnly = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
    private const int AccessList = 4;
    private const int FileObject = 1;
    private const uint Revision = 1;

    /// <summary>Restricts a folder that was just made, where the profile does not.</summary>
    /// <exception cref="IOException">It cannot be restricted.</exception>
    public static void RestrictOutsideProfile(string folder)
    {
        if (IsInProfile(folder))
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

    /// <summary>The groups of many people that may open a folder; none in the profile, and none where Windows does not tell.</summary>
    public static IReadOnlyList<string> OpenTo(string folder)
    {
        if (IsInProfile(folder)
            || GetNamedSecurityInfo(folder, FileObject, AccessList, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, IntPtr.Zero, out var descriptor) != 0)
        {
            return [];
        }

        try
        {
            if (!ConvertSecurityDescriptorToStringSecurityDescriptor(descriptor, Revision, AccessList, out var text, IntPtr.Zero))
            {
                return [];
            }

            var sddl = Marshal.PtrToStringUni(text) ?? string.Empty;
            LocalFree(text);
            return WindowsAccessList.OpenTo(sddl);
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    private static bool IsInProfile(string folder)
    {
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return profile.Length > 0 && (Path.GetFullPath(folder) + "\\").StartsWith(profile.TrimEnd('\\') + "\\", StringComparison.OrdinalIgnoreCase);
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

    [DllImport("advapi32.dll", EntryPoint = "GetNamedSecurityInfoW", CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetNamedSecurityInfo(
        string path, int kind, int what, IntPtr owner, IntPtr group, IntPtr list, IntPtr audit, out IntPtr descriptor);

    [DllImport("advapi32.dll", EntryPoint = "ConvertSecurityDescriptorToStringSecurityDescriptorW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool ConvertSecurityDescriptorToStringSecurityDescriptor(IntPtr descriptor, uint revision, int what, out IntPtr text, IntPtr size);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LocalFree(IntPtr memory);
}
