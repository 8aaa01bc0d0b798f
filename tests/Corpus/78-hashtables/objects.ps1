@{ Email = 'ana.ruiz@example.com'; FirstName = 'Ana'; LastName = 'Ruiz'; Active = $true }
@{ Email = 'bo.lind@example.com'; FirstName = 'Bo'; LastName = 'Lind'; Suspended = $true }
