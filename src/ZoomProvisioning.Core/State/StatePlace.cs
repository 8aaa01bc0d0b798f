using System;
using System.IO;
using ZoomProvisioning.Files;

namespace ZoomProvisioning.State;

/// <summary>Where what is known of an account lies: a folder for each rule, and one for what was done without a rule.</summary>
internal static class StatePlace
{
    /// <summary>The environment variable that names the root.</summary>
    public const string Variable = "ZOOM_PROVISIONING_STATE";

    /// <summary>The folder of what was done without a rule. No rule can be called so.</summary>
    public const string Direct = ".direct";

    /// <summary>The root where none is named: ZOOM_PROVISIONING_STATE, else the user's application data.</summary>
    public static string Root => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Path.Combine(StateRoot.Folder, "state");

    /// <summary>
    /// The folder of an account: under <paramref name="root"/>, else under ZOOM_PROVISIONING_STATE, else under the user's application
    /// data.
    /// </summary>
    public static string OfAccount(string? root, string account) => Path.Combine(
        root ?? Root,
        RulePlace.Safe(account));

    /// <summary>The folder of what was done without a rule.</summary>
    public static string OfDirect(string? root, string account) => Path.Combine(OfAccount(root, account), Direct);

    /// <summary>Whether a folder is that of what was done without a rule.</summary>
    public static bool IsDirect(string folder) => Path.GetFileName(folder) == Direct;
}
