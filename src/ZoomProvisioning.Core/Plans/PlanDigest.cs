using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Plans;

/// <summary>
/// The digest of what a plan says, which is its <see cref="SyncPlan.Id"/>: SHA-256 over every part of it in a fixed order, each
/// with its length. The moment it was made is not in it, nor the records it came from; of a user with nothing to do it has what
/// a saved plan keeps of it.
/// </summary>
public static class PlanDigest
{
    // Whoever adds a member puts it last, with PutNew, so that plans without it keep the id they have.
    /// <summary>The digest, as 64 hexadecimal digits.</summary>
    public static string Of(SyncPlan plan)
    {
        using var digest = new Digest();
        digest.Put(plan.Account);
        digest.Put(plan.Rule);
        digest.Put(plan.RuleFingerprint);
        digest.Put(plan.SourceCount);
        digest.Put(plan.OutOfScopeCount);
        digest.Put(plan.ManagedCount);
        digest.Put(plan.Guard.Count);
        foreach (var finding in plan.Guard)
        {
            digest.Put(finding.Check.ToString());
            digest.Put(finding.HoldsRemovals);
            digest.Put(finding.Message);
        }

        digest.Put(plan.Changes.Count);
        foreach (var change in plan.Changes)
        {
            Put(digest, change);
        }

        digest.PutNew("approvedPlan", plan.ApprovedPlan);
        digest.PutNew("approvedPeople", plan.ApprovedPeople);
        digest.PutNew("undoes", plan.Undoes);
        return digest.End();
    }

    /// <summary>The digest of lines of text.</summary>
    internal static string OfLines(IEnumerable<string> lines)
    {
        using var digest = new Digest();
        foreach (var line in lines)
        {
            digest.Put(line);
        }

        return digest.End();
    }

    /// <summary>
    /// The digest of what an entry would do to whom, 16 hexadecimal digits: the same entry of a later plan has the same, whatever
    /// the reasons say by then.
    /// </summary>
    internal static string OfEntry(PlannedChange change)
    {
        using var digest = new Digest();
        digest.Put(change.Action.ToString());
        digest.Put(change.Key.ToUpperInvariant());
        digest.Put(change.Adopts);
        digest.Put(change.Leaves);
        digest.Put(change.Anchor);
        foreach (var attribute in change.Changes)
        {
            digest.Put(attribute.Name);
            digest.PutValue(attribute.OldValue);
            digest.PutValue(attribute.NewValue);
        }

        digest.Put(change.GroupChanges.Count);
        foreach (var group in change.GroupChanges)
        {
            digest.Put(group.ToString());
        }

        return digest.End().Substring(0, 16);
    }

    private static void Put(Digest digest, PlannedChange change)
    {
        digest.Put(change.Action.ToString());
        digest.Put(change.UserName);
        digest.Put(change.Reason);
        digest.Put(change.Held);
        digest.Put(change.Adopts);
        digest.Put(change.Leaves);
        digest.Put(change.Anchor);
        digest.Put(change.ZoomId);
        digest.Put(change.Remarks);
        digest.Put(change.ActiveCause.ToString());
        digest.Put(change.Changes.Count);
        foreach (var attribute in change.Changes)
        {
            digest.Put(attribute.Name);
            digest.PutValue(attribute.OldValue);
            digest.PutValue(attribute.NewValue);
            digest.Put(attribute.OldIsKnown);
            digest.Put(attribute.Cause.ToString());
            digest.PutValue(attribute.LedgerValue);
        }

        digest.Put(change.GroupChanges.Count);
        foreach (var group in change.GroupChanges)
        {
            digest.Put(group.GroupId);
            digest.Put(group.GroupName);
            digest.Put(group.Adds);
        }

        digest.PutNew("ledgerState", change.LedgerState);

        if (change.Action == PlanAction.NoOp)
        {
            digest.PutNew("next", change.Next);
            return;
        }

        digest.Put(change.Current is not null);
        if (change.Current is { } current)
        {
            digest.Put(current.Detail.ToString());
            digest.PutValue(current.Attributes);
        }

        digest.Put(change.Desired is not null);
        if (change.Desired is { } desired)
        {
            digest.Put(desired.Values.ChangedAttributes);
            digest.PutValue(desired.Values.Attributes);
            digest.Put(desired.ZoomId);
            digest.Put(desired.CurrentUserName);
            digest.Put(desired.Anchor);
            digest.Put(desired.Groups);
            digest.Put(desired.Label);
            digest.Put(desired.Warnings);
            digest.Put(desired.ActiveIsExplicit);
        }

        digest.PutNew("exception", change.Exception);
        digest.PutNew("next", change.Next);
        digest.PutNew("unmet", change.Unmet);
    }

    /// <summary>Writes values with a mark of their kind and their length, so that no two plans make the same bytes.</summary>
    private sealed class Digest : IDisposable
    {
        private readonly SHA256 _hash = SHA256.Create();
        private readonly byte[] _buffer = new byte[1 << 14];
        private int _used;

        public void Put(string? text)
        {
            if (text is null)
            {
                Put((byte)'n');
                return;
            }

            Put((byte)'s');
            Put(text.Length);
            foreach (var unit in text)
            {
                // By code unit, for half a character has no UTF-8.
                if (unit < 0x80)
                {
                    Put((byte)unit);
                }
                else
                {
                    Put((byte)(0x80 | (unit >> 14)));
                    Put((byte)(0x80 | ((unit >> 7) & 0x7F)));
                    Put((byte)(0x80 | (unit & 0x7F)));
                }
            }
        }

        public void Put(bool flag) => Put((byte)(flag ? 't' : 'f'));

        /// <summary>A member that earlier versions did not have: put by its name, and only where it has a value.</summary>
        public void PutNew(string name, object? value)
        {
            if (value is not null and not false and not "" and not ICollection { Count: 0 })
            {
                Put((byte)'+');
                Put(name);
                PutValue(value);
            }
        }

        public void Put(int number)
        {
            for (var shift = 24; shift >= 0; shift -= 8)
            {
                Put((byte)(number >> shift));
            }
        }

        public void Put(IReadOnlyCollection<string> texts)
        {
            Put(texts.Count);
            foreach (var text in texts)
            {
                Put(text);
            }
        }

        /// <summary>A SCIM value, by what JSON makes of it: 5 is the same whatever type holds it.</summary>
        public void PutValue(object? value)
        {
            switch (value)
            {
                case null or string:
                    Put((string?)value);
                    break;
                case bool flag:
                    Put(flag);
                    break;
                case IDictionary members:
                    Put((byte)'{');
                    Put(members.Count);
                    foreach (DictionaryEntry member in members)
                    {
                        Put(Convert.ToString(member.Key, CultureInfo.InvariantCulture));
                        PutValue(member.Value);
                    }

                    break;
                case IEnumerable items:
                    Put((byte)'[');
                    foreach (var item in items)
                    {
                        PutValue(item);
                    }

                    Put((byte)']');
                    break;
                default:
                    Put((byte)'d');
                    Put(Convert.ToString(value, CultureInfo.InvariantCulture));
                    break;
            }
        }

        public string End()
        {
            _hash.TransformFinalBlock(_buffer, 0, _used);
            var text = new StringBuilder(64);
            foreach (var part in _hash.Hash)
            {
                text.Append(part.ToString("x2", CultureInfo.InvariantCulture));
            }

            return text.ToString();
        }

        public void Dispose() => _hash.Dispose();

        private void Put(byte value)
        {
            if (_used == _buffer.Length)
            {
                _hash.TransformBlock(_buffer, 0, _used, null, 0);
                _used = 0;
            }

            _buffer[_used++] = value;
        }
    }
}
