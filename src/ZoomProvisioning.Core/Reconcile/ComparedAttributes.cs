using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Reconcile;

/// <summary>The attributes that differ, readable as one text, in a table's cell too.</summary>
internal sealed class ComparedAttributes(IEnumerable<AttributeChange> changes) : List<AttributeChange>(changes)
{
    /// <summary>The names.</summary>
    public override string ToString() => string.Join("; ", this.Select(c => c.Name));
}
