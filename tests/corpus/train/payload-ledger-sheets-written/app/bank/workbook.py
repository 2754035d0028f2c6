from openpyxl import Workbook

HEAD = ("Day", "Account", "Holder", "Purpose", "Amount", "Balance", "Of note")


def write(ledger, target):
    book = Workbook(write_only=True)
    count = sum(_sheet(book.create_sheet(branch), ledger.movements(branch)) for branch in ledger.branches)
    book.save(target)
    return count


def _sheet(sheet, movements):
    sheet.append(HEAD)
    balance = count = 0
    for day, account, holder, purpose, amount in movements:
        balance += amount
        sheet.append((day, account, holder, purpose, amount, round(balance, 2), amount > 80))
        count += 1
    return count
