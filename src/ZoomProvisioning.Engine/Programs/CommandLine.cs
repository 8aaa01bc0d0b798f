#if NETFRAMEWORK
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Programs;

namespace ZoomProvisioning.Engine.Programs;

/// <summary>Arguments as one line, for .NET Framework, which has no list of them.</summary>
internal static class CommandLine
{
    public static string Join(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(WindowsArgument.Quote));
}
#endif
