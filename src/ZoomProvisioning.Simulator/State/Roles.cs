namespace ZoomProvisioning.Simulator.State;

/// <summary>The roles every account has.</summary>
internal static class Roles
{
    public const string Owner = "Owner";
    public const string Admin = "Admin";
    public const string Member = "Member";

    public static readonly string[] BuiltIn = [Owner, Admin, Member];
}
