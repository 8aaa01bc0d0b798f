using System;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Binding;

/// <summary>Lets <c>-Rule</c> take a rule, the path of its file, or its name in the rules folder.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RuleTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var text = value switch
        {
            string name => name,
            FileInfo file => file.FullName,
            _ => null,
        };
        if (text is null)
        {
            return value!;
        }

        try
        {
            return RuleLoader.Read(FileOf(text, engineIntrinsics.SessionState));
        }
        catch (ScimException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.RecommendedAction}", exception);
        }
    }

    /// <summary>The file meant by a path or a name.</summary>
    /// <exception cref="ScimStateException">There is no such rule.</exception>
    internal static string FileOf(string text, SessionState session)
    {
        if (!RuleFolder.IsPath(text))
        {
            return RuleFolder.Find(text);
        }

        var path = session.Path.GetUnresolvedProviderPathFromPSPath(text, out var provider, out _);
        return provider.Name == "FileSystem"
            ? path
            : throw new ScimStateException("Zoom.Rule.NotAFile", $"'{text}' is not in the file system but in {provider.Name}.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = "Give the path of a .json or .psd1 file.",
            };
    }
}
