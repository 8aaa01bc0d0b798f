using ZoomProvisioning.Contracts;
using ZoomProvisioning.Loading;
using ZoomProvisioning.Notifications;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>Notifications with what the module has: the engine, and its own names of commands.</summary>
internal static class ModuleNotifier
{
    public static Notifier Of(ProvisioningRule rule) =>
        new(rule, EngineLoader.Engine.Notifications, EngineLoader.Engine.Programs, CommandWords.Module, SystemClock.Instance);

    /// <summary>What to say of a notification that did not arrive.</summary>
    public static string Warning(NotificationResult result) =>
        $"The notification did not arrive. {result.Target} ({result.Address}): {result.Message} {result.RecommendedAction}".TrimEnd();
}
