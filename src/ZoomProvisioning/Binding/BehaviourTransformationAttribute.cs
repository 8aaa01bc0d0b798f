using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace ZoomProvisioning.Binding;

/// <summary>Lets <c>-Behaviour</c> take <c>name=value</c> as well as a hashtable.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BehaviourTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is null or IDictionary)
        {
            return value!;
        }

        var texts = value is string text ? [text] : (value as IEnumerable)?.Cast<object?>().Select(item => item?.ToString() ?? string.Empty).ToArray();
        if (texts is null)
        {
            return value;
        }

        var behaviours = new OrderedDictionary();
        foreach (var pair in texts)
        {
            var equals = pair.IndexOf('=');
            if (equals <= 0)
            {
                throw new ArgumentTransformationMetadataException($"'{pair}' is no behaviour: write name=value, or @{{ name = 'value' }}.");
            }

            behaviours[pair.Substring(0, equals).Trim()] = pair.Substring(equals + 1).Trim();
        }

        return behaviours;
    }
}
