using System;

namespace ZoomProvisioning;

/// <summary>PowerShell's signals that end a pipeline. They are known by name because Core does not know PowerShell.</summary>
internal static class FlowControl
{
    /// <summary>Ctrl+C or Select-Object -First: not a record's failure, but the end of the pipeline.</summary>
    public static bool EndsPipeline(Exception exception) =>
        Is(exception, "PipelineStoppedException") || Is(exception, "StopUpstreamCommandsException");

    private static bool Is(Exception exception, string name)
    {
        for (var type = exception.GetType(); type is not null; type = type.BaseType)
        {
            if (type.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
