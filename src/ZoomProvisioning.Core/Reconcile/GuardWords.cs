using System.Globalization;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Reconcile;

/// <summary>What the guard calls the kinds it limits, and where a limit comes from.</summary>
internal static class GuardWords
{
    public static GuardCheck CheckOf(GuardKind kind) => kind switch
    {
        GuardKind.Disable => GuardCheck.TooManyDisables,
        GuardKind.Delete => GuardCheck.TooManyDeletes,
        GuardKind.LicenseLoss => GuardCheck.TooManyLicenseLosses,
        GuardKind.GroupLeave => GuardCheck.TooManyGroupLeaves,
        GuardKind.Reactivate => GuardCheck.TooManyReactivations,
        GuardKind.Rename => GuardCheck.TooManyRenames,
        GuardKind.Clear => GuardCheck.TooManyClears,
        GuardKind.Create => GuardCheck.TooManyCreates,
        _ => GuardCheck.TooManyUpdates,
    };

    public static GuardKind? KindOf(GuardCheck check) => GuardLimits.Kinds.Where(k => CheckOf(k) == check).Select(k => (GuardKind?)k).FirstOrDefault();

    public static string Words(GuardKind kind, int number) => kind switch
    {
        GuardKind.Disable => "be disabled",
        GuardKind.Delete => "be deleted",
        GuardKind.LicenseLoss => number == 1 ? "lose a licence" : "lose their licence",
        GuardKind.GroupLeave => "be taken out of groups",
        GuardKind.Reactivate => "be reactivated",
        GuardKind.Rename => "be renamed",
        GuardKind.Clear => "lose a value",
        GuardKind.Create => "be created",
        _ => "be changed",
    };

    public static string Sources(int? count, double? percent) =>
        string.Join(
            ", and ",
            new[] { count is { } most ? Text("{0:N0}", most) : null, percent is { } share ? Text("{0:0.##} %", share) : null }.OfType<string>());

    public static string DaySources(GuardLimit limit) => Sources(limit.PerDay ?? 2 * limit.Max, limit.PerDayPercent ?? 2 * limit.MaxPercent);

    private static string Text(string format, params object[] values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
